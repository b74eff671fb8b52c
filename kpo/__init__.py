"""The ground floor of KPO: people, pages, files, inbox, audit, case-data guard and jobs.

Imports run downward: inbox > pages > files > casedata > people > audit > jobs, design. Nothing here
imports from search, knowledgebank, communities or academy; those register themselves.
"""
