"""What the processor can do beyond Python: for compiled functions only.

Source: LLVM Language Reference, ``llvm.prefetch`` and ``llvm.cttz``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]  # none are published
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

# numba hands over its own types and builders, which have no types themselves.
_Given = Any
_I32 = ir.IntType(32)
_HOW = (_I32(0), _I32(3), _I32(1))  # to read, for now and again, as data


def _prefetch(_: _Given, array: _Given, __: _Given) -> _Given:
    def emit(context: _Given, builder: _Given, signature: _Given, of: _Given) -> _Given:
        made = context.make_array(signature.args[0])(context, builder, of[0])
        size = builder.extract_value(made.strides, 0)
        place = builder.add(
            builder.ptrtoint(made.data, size.type), builder.mul(of[1], size)
        )
        place = builder.inttoptr(place, ir.IntType(8).as_pointer())
        kind = ir.FunctionType(ir.VoidType(), [place.type, *(_I32 for _ in _HOW)])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        builder.call(fetch, [place, *_HOW])
        return context.get_dummy_value()

    return types.void(array, types.intp), emit


def _lowest(_: _Given, __: _Given) -> _Given:
    def emit(_: _Given, builder: _Given, ___: _Given, of: _Given) -> _Given:
        return builder.cttz(of[0], ir.IntType(1)(0))

    return types.int64(types.uint64), emit


prefetch = cast(Callable[[NDArray[Any], int], None], intrinsic(_prefetch))
"""Have a row of an array fetched from memory while other things are done."""
lowest = cast(Callable[[np.uint64], int], intrinsic(_lowest))
"""Return which bit of a number is the lowest that is set; 64 if none is."""
