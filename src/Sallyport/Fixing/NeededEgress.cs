using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Fixing;

/// <summary>
/// The egress that the other sides of an estate prove each group to need beside its open egress: ingress that names the group, or
/// whose blocks hold its members. Worked out as <c>import --tighten</c> does, so both agree. Ingress open to the world counts too
/// unless what nobody proves is presumed unneeded: what works between members must not stop by a guess.
/// </summary>
internal sealed class NeededEgress
{
    private readonly ILookup<SecurityGroupId, DesiredRule> _egress;
    private readonly ILookup<string, TightenChange> _said;
    private readonly Dictionary<SecurityGroupId, string> _names;
    private readonly bool _keepsPairsOpenToTheWorld;

    private NeededEgress(TightenResult strict, ImmutableArray<DesiredRule> rules, bool keepsPairsOpenToTheWorld)
    {
        _keepsPairsOpenToTheWorld = keepsPairsOpenToTheWorld;
        _egress = rules.Where(r => r.Key.Direction == Direction.Egress).ToLookup(r => r.Group);
        _said = strict.Changes.ToLookup(c => c.Group);
        _names = strict.File.Groups.Where(g => g.Sg is not null).ToDictionary(g => g.Sg!.Value, g => g.Name);
    }

    /// <summary>What every group needs; null when the estate does not compile back from its own connections.</summary>
    /// <param name="estate">As it was read.</param>
    /// <param name="options">Whether need has to be proven.</param>
    /// <param name="limit">Rules per group, direction and family.</param>
    public static NeededEgress? Of(Estate estate, FixOptions options, int limit)
    {
        var imported = Importer.Import(estate, new ImportOptions(options.Audit.Today) { SpeaksOfEstate = true }).File;
        var strict = Tightener.Tighten(estate, imported, new TightenOptions { SpeaksOfEstate = true });
        if (Compiler.Compile(strict.File, estate).Value is not { } proven) return null;
        if (options.AssumesUnneeded) return new NeededEgress(strict, proven.Rules, keepsPairsOpenToTheWorld: false);
        var kept = Tightener.Tighten(estate, imported, new TightenOptions { KeepsPairsOpenToTheWorld = true, SpeaksOfEstate = true });
        if (Compiler.Compile(kept.File, estate).Value is not { } wide) return null;
        var known = proven.Rules.Select(r => (r.Group, r.Key)).ToHashSet();

        // Between groups of which one has no member nothing can stop, and naming a group keeps it from being found unused.
        var both = proven.Rules.Concat(wide.Rules.Where(r => !known.Contains((r.Group, r.Key)) && IsInUse(r.Group) && (r.Key.Peer is not GroupPeer peer || IsInUse(peer.Group)))).ToLookup(r => r.Group);
        var quota = new RuleQuota(estate);
        var inBlocks = wide.Rules.ToLookup(r => r.Group);
        return new NeededEgress(strict, [.. both.SelectMany(g => Fits(g) ? g : inBlocks[g.Key])], keepsPairsOpenToTheWorld: true);

        bool IsInUse(SecurityGroupId id) => estate.Index.MembersOf(id).Any()
            || (estate.Index.Groups.TryGetValue(id, out var group) && estate.Index.HasGap(GapKind.NetworkInterfaces, group.Scope));

        // Tightening has kept the wide rules within the quota, if need be by the blocks of whole VPCs.
        bool Fits(IGrouping<SecurityGroupId, DesiredRule> rules)
        {
            if (!estate.Index.Groups.TryGetValue(rules.Key, out var group)) return true;
            var weight = quota.WeightOf(group.RulesOf(Direction.Egress).Select(r => r.Key).Except(OpenEgress.Of(group, estate)).Union(rules.Select(r => r.Key).Where(k => k.Direction == Direction.Egress)));
            return Math.Max(weight.V4, weight.V6) <= limit;
        }
    }

    /// <summary>Egress rules of the group, those it has already among them.</summary>
    public IEnumerable<DesiredRule> Of(SecurityGroupId group) => _egress[group];

    /// <summary>What is to be looked up about the group's egress, a sentence each.</summary>
    public IEnumerable<string> NotesOn(SecurityGroupId group) =>
        _names.TryGetValue(group, out var name) ? _said[name].Where(IsAboutEgress).Select(TextOf) : [];

    // Without this the question reads as if what it asks about were gone, beside the rules that keep it.
    private string TextOf(TightenChange change) => _keepsPairsOpenToTheWorld && change.Text.Contains("? What admits the whole internet proves nothing about ", StringComparison.Ordinal)
        ? $"{change.Text} What interfaces that were read can use now is kept; --assume-unneeded takes it away."
        : change.Text;

    // Of a group's ingress nothing changes here, so what tightening would ask about that is left out.
    private static bool IsAboutEgress(TightenChange change) =>
        change.Kind is TightenKind.Question or TightenKind.Widened && !change.Text.StartsWith("Ingress ", StringComparison.Ordinal) && !change.Text.Contains("stays a ", StringComparison.Ordinal);
}
