using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>
/// Works out what to do about the findings of some rules. Pure but for the draft, which it reads and never writes. It removes
/// nothing but evidence of the finding, and asks wherever the estate and the connections file do not decide.
/// </summary>
internal abstract class RemedyMaker
{
    /// <summary>What <c>fix</c> does about such findings, for the documentation; one sentence.</summary>
    public abstract string Does { get; }

    /// <summary>When it is asked.</summary>
    public virtual FixStage Stage => FixStage.Replacing;

    /// <summary>Says what to do about a finding on a group that the estate holds and nobody else manages.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="group">Its group, as it was read.</param>
    /// <param name="context">Everything else.</param>
    public abstract Proposal Propose(Finding finding, SecurityGroup group, FixContext context);

    protected static string NameOf(SecurityGroup group) => group.Name.Length == 0 ? group.Id.Value : $"{group.Id} ({group.Name})";

    protected static string List(IEnumerable<RuleKey> rules)
    {
        const int Most = 4;
        var all = rules.ToList();
        return string.Join(", ", all.Take(Most)) + (all.Count > Most ? $" and {all.Count - Most} more" : string.Empty);
    }

    /// <summary>Takes rules of a group away.</summary>
    protected static RuleChange Revoke(SecurityGroup group, IEnumerable<RuleKey> rules) => new(group.Id) { Remove = [.. rules.Order()] };

    /// <summary>A proposal when the connections file declares some of the evidence, which then only a change of the file can mend; null otherwise.</summary>
    protected static Proposal? AskAboutDeclared(Finding finding, SecurityGroup group, FixContext context)
    {
        var declared = finding.Evidence.Select(e => context.Declared(group.Id, e.Key)).OfType<Connections.Compiling.DesiredRule>().ToList();
        if (declared.Count == 0) return null;
        var owners = declared.SelectMany(r => r.Origins).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        return Proposal.Ask(
            $"The connections file declares {List(declared.Select(r => r.Key))} on {NameOf(group)} ({string.Join(", ", owners)}): is that meant?",
            [.. owners.Select(o => $"narrow or remove {o} in the connections file, then fix again"), "waive the finding"]);
    }
}
