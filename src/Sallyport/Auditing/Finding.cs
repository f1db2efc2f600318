using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Diagnostics;

namespace Sallyport.Auditing;

/// <summary>
/// The estate is readable and we object to it: one rule, one resource, and the atoms it rests on. What a rule can say of a
/// group is one finding, except that pair and overlap rules speak of one rule of the group each, and SP-ING-06 of one family.
/// </summary>
public sealed record Finding
{
    /// <summary>Id of the audit rule, such as <c>SP-EGR-01</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>After the run's overrides.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The rule's title.</summary>
    public required string Title { get; init; }

    /// <summary>One or more sentences with the dynamic parts. May quote untrusted names: escape when printing.</summary>
    public required string Message { get; init; }

    /// <summary>What is objected to.</summary>
    public required FindingResource Resource { get; init; }

    /// <summary>The offending rules and no others, sorted: revoking them clears the finding.</summary>
    public ImmutableArray<EvidenceAtom> Evidence { get; init; } = [];

    /// <summary>What may make the finding stale.</summary>
    public FindingBasis Basis { get; init; }

    /// <summary>Ids of other audit rules that object to the same atom, sorted.</summary>
    public ImmutableArray<string> Related { get; init; } = [];

    /// <summary>Names other tools have for it; only those whose own condition holds.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Clauses of compliance frameworks.</summary>
    public ImmutableArray<Control> Controls { get; init; } = [];

    /// <summary>Where a file declares it; null for a live read.</summary>
    public SourceSpan? Location { get; init; }

    /// <summary>
    /// 32 hex digits that stay the same from run to run: rule, account, Region, resource and the atoms (direction, protocol,
    /// ports, peer), never the message or rule ids that EC2 gives anew.
    /// </summary>
    public string Fingerprint
    {
        get => field ??= Auditing.Fingerprint.Of(Rule, Resource, Evidence);
        init;
    }

    /// <summary>The exception that covers it; null when none does.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>Whether a baseline lacks it; null when none was given.</summary>
    public bool? IsNew { get; init; }
}
