"""What the words of the tables mean, in sentences; docs/how-it-decides.md says more."""

STATES = {
    "there": "it is there",
    "paused": "a person has it rest",
    "set_aside": "the newest listing shows what nobody can read",
    "not_listed": "the newest listing lacks it",
    "gone": "it is gone",
    "deleted": "it is deleted",
}

RESTS = {
    "flow_off": "the flow is off (seeds/flows.csv, is_enabled)",
    "paused": "a person has it rest",
    "excluded": "the rules about records leave it out (seeds/record_rules.csv)",
    "system_paused": "a person has its system rest",
}

# How a value won. `edited` needs no word: nobody else had touched it.
WON = {
    "newest": "Others were edited too; this was the newest.",
    "tie_to_source": (
        "Another was edited at about the same time; the source counts then."
    ),
    "tie_to_first_flow": (
        "Others were edited at about the same time; the first flow counts then."
    ),
    "source_wins": "Another was edited too; the seeds say that the source wins.",
    "target_wins": "Another was edited too; the seeds say that this one wins.",
    "answered": "Others were edited too; a person chose this one.",
}

LOST = {
    "edited": "it was agreed on, and had not arrived when another value was typed",
    "newest": "another one was newer",
    "tie_to_source": "the source was edited at about the same time, and counts then",
    "tie_to_first_flow": (
        "another one was edited at about the same time, and comes first"
    ),
    "first_meeting": "it differed when the two met; nobody had edited anything",
    "one_way": "the property goes one way only",
    "ping_pong": "it goes to and fro, as if two systems undid each other",
    "restored": "a person had another one restored",
    "unlinked": "what had come over a wrong link was put back",
    "source_gone": "the source was gone",
    "target_gone": "it was gone when its edit was seen",
    "unexplained_answer": "nobody knows who put it there after our own write",
    "ask": "several were edited, and a person is to decide",
    "answered": "a person chose another one",
    "source_wins": "the seeds say that the source wins",
    "target_wins": "the seeds say that another one wins",
}

STANDS = {
    "open": "A person should look at it.",
    "noted": "It is only noted.",
    "acknowledged": "A person has seen it.",
    "restored": "A person has had it restored.",
    "lapsed": "Nobody is asked about it any more.",
}

# What came of a write.
CAME = {
    "open": "nobody knows yet whether it arrived; the next run looks",
    "unknown": "nobody knows whether it arrived; the next run looks",
    "done": "done",
    "refused": "refused",
    "moved": (
        "not sent, because the record had changed meanwhile; the next run decides anew"
    ),
    "gone": "not sent, because the record was there no more",
    "not_applied": "it did not arrive; it may be sent again",
    "held": "several records could be the one that it made; a person decides",
}

# What was seen of a property, where that is why it was not passed on.
SIGHTS = {
    "absent": (
        "is not looked at now: its system was not read, it rests, or we have just "
        "written to it"
    ),
    "in_no_record": "is shown in no record of its kind",
    "resting": "is not believed now: most records hide this property",
    "masked": "shows a mask, which is no value",
    "unreadable": "shows a list or an object, which is no value",
    "not_shown": "is not shown any more, so nobody knows what it holds",
    "unknown_reference": "names a record that is linked to nothing",
    "lagging": "is shown as it was before our own write; it is looked at again",
    "first_meeting": "is looked at for the first time",
    "our_answer": "shows what the system made of our own write",
    "unproven": (
        "shows another value in a list, and nothing proves it: the next sync reads the "
        "record singly"
    ),
    "unchanged": "holds what it held",
    "respelt": "holds the same, written otherwise",
    "agreed_already": "holds what is agreed on already",
    "echo": "holds what we delivered",
    "looping": "goes to and fro, and is held until a person decides or a day is over",
    "edited": "was edited",
}

OUTCOMES = {
    "update": "It gets {agreed} with the next push.",
    "absent": "It waits for {agreed}.",
    "unknown": "Nothing is written there until it can be seen.",
    "held": "It can't get {agreed} now.",
    "as_stored": "It stays as it is, unless somebody edits it.",
    "left_alone": "It is left alone.",
}

OPERATIONS = {"create": "make", "update": "change", "delete": "delete"}
