"""What the facts about a person are called, and how one asks for them, in English."""

from __future__ import annotations

FACTS: dict[str, str] = {
    "name": "Name",
    "headline": "Headline",
    "company": "Company",
    "position": "Position",
    "location": "Place",
    "country": "Country",
    "email": "E-mail address",
    "profile_url": "Profile",
    "contacts_count": "Number of contacts",
    "mutual_contacts_count": "Contacts in common",
    "has_picture": "Picture",
    "visited_profile": "Visited your profile",
    "created_on": "Member since",
    "is_verified": "Verified by the network",
    "is_known_elsewhere": "Found outside the network",
    "has_other_job_elsewhere": "Another job elsewhere",
}
QUESTIONS: dict[str, str] = {
    "name": "What is the sender's name?",
    "headline": "What does the line under the name say?",
    "company": "Which company does the profile name?",
    "position": "Which position does the profile name?",
    "location": "Which place does the profile name?",
    "country": "Which country does the profile name?",
    "email": "Which e-mail address does the profile show?",
    "profile_url": "Where is the profile?",
    "contacts_count": "How many contacts does the profile show?",
    "mutual_contacts_count": "How many contacts do you have in common?",
    "has_picture": "Does the profile have a picture?",
    "visited_profile": "Did the sender visit your profile?",
    "created_on": "Since when has the profile existed?",
    "is_verified": "Has the network verified the profile?",
    "is_known_elsewhere": "Is the sender to be found outside the network?",
    "has_other_job_elsewhere": "Is the sender said to have another job elsewhere?",
}
