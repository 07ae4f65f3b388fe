# ruff: noqa: E501 - as it stands in the guide
"""The files of the guide, as an editor would write them."""

ISSUE = """\
number: 653
date: 2025-03-14
subject: Update no 653 · foster care guidance, youth homelessness     # optional
preheader: New ombudsman guidance, and three dates for your diary      # optional

updates:
  - title: Agency social worker numbers fall for the first time in seven years
    publication:                    # "On 27 February DfE published [title](url)", here and in the reading list
      by: DfE
      date: 2025-02-27
      title: Children's social work workforce data for 2024
      url: https://www.example.org/staffing-2024
      # verb: launched              # default "published"; line: a whole Markdown sentence where that does not fit
    image: {file: workforce.png, alt: Two social workers at a desk}
    body: |
      ### Headlines

      - more child and family social workers in post than in any earlier year
      - agency workers and vacancies both down
    links:
      - {text: Full report, url: https://www.example.org/full.pdf, pages: 28}
      - {text: Explainer, url: https://www.example.org/film, minutes: "2:44"}
    remind: 2                       # carried forward in the next two issues; default in newsletter.yaml

  - id: early-years-conference      # optional; otherwise made from the title
    title: Early years conference
    event:
      start: 2025-03-20 09:00
      end: 2025-03-20 16:30
      place: Derby
      url: https://www.example.org/register
    closes: 2025-03-18              # a closing date
    contact: morgan-ellis           # an id in contacts.yaml: "More from … (contact details below)"
    audience: [ad-education]        # only these segments see it; default everyone

reminders:
  drop: [understanding-attendance]  # not again
  keep: [agency-rules]              # one more time, beyond its own limit
tools:                              # extra lines for the reading list
  - {by: NFER, date: 2025-03-03, title: …, url: https://www.example.org/nfer}
  - {date: 2025-03-05, line: "The slides of the [care leavers conference](https://www.example.org/slides) are now available"}
"""

CONTACTS = """\
# contacts.yaml
- id: morgan-ellis
  role: Workforce and Safeguarding Network Lead
  name: Morgan Ellis
  organisation: South East Programme
  email: morgan.ellis@example.org
  phone: 07700 900111
"""

NETWORKS = """\
# networks.yaml: the standing reminder, in groups
- heading: Network dates
  networks:
    - name: AD Education
      contact: cameron-orr                       # "More from Cameron Orr (contact details below)"
      meetings:
        - {start: 2025-03-21 10:00, place: "London, in person"}    # "10am Friday 21 March, London, in person"
        - {name: Operational leads, start: 2025-06-06 10:00, end: 2025-06-06 12:00, place: Teams, more: leads@example.org}
    - name: Early Help
      contact: rowan-elder                       # no date yet: only "More from …"
"""

BLOCKS = """\
# blocks.yaml: standing texts with a heading, a body in Markdown and the section they belong to
- {section: intro, body: "If you have news for the update, please contact [Robin Tate](contact:robin-tate)."}
- {section: tools, body: "We have produced a [regional improvement plan](https://www.example.org/plan) (June 2024)."}
"""

SEGMENTS = """\
everyone:      {lists: [members, consultants]}
ad-education:  {lists: [members], where: {groups: AD Education}}
not-kent:      {lists: [members], except: {organisation: Kent}}
"""
