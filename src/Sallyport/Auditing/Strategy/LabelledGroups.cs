using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>Groups by label: those that carry it, by VPC, and those that others carry beside one that does.</summary>
internal sealed class LabelledGroups
{
    private readonly Dictionary<SecurityGroupId, LabelledGroup> _groups = [];
    private readonly Dictionary<VpcId, Dictionary<string, Bucket>> _byVpc = [];
    private readonly Dictionary<SecurityGroupId, SortedDictionary<string, LabelledGroup>> _beside = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Func<SecurityGroup, string?> _doubtOf;

    /// <summary>Sorts groups by label.</summary>
    /// <param name="context">The estate.</param>
    /// <param name="labelOf">A group's label; null when it has none or when it is not known.</param>
    /// <param name="doubtOf">A clause: why a group's label is not known; null when it is.</param>
    public LabelledGroups(AuditContext context, Func<SecurityGroup, string?> labelOf, Func<SecurityGroup, string?> doubtOf)
    {
        _doubtOf = doubtOf;
        var companions = Companions(context, labelOf);
        foreach (var group in context.Estate.SecurityGroups)
        {
            if (labelOf(group) is not { } label) continue;
            var members = context.Estate.Index.MembersOf(group.Id).ToList();
            var labelled = new LabelledGroup(
                group, label, AddressesOf(members, IpFamily.V4), AddressesOf(members, IpFamily.V6),
                companions.TryGetValue(group.Id, out var others) ? [.. others.Distinct().Order()] : []);
            _groups.Add(group.Id, labelled);
            _labels.Add(label);
            foreach (var other in labelled.Companions)
            {
                if (!_beside.TryGetValue(other, out var beside)) _beside.Add(other, beside = new(StringComparer.Ordinal));
                beside.TryAdd(label, labelled);
            }

            if (group.Vpc is not { } vpc) continue;
            if (!_byVpc.TryGetValue(vpc, out var labels)) _byVpc.Add(vpc, labels = new(StringComparer.Ordinal));
            if (!labels.TryGetValue(label, out var bucket)) labels.Add(label, bucket = new Bucket());
            bucket.Groups.Add(labelled);
        }
    }

    /// <summary>Labels there are.</summary>
    public IEnumerable<string> Labels => _labels;

    /// <summary>True when some group has the label.</summary>
    public bool HasLabel(string label) => _labels.Contains(label);

    /// <summary>The group with its label; null when it has none.</summary>
    public LabelledGroup? Of(SecurityGroupId group) => _groups.GetValueOrDefault(group);

    /// <summary>A clause: why the group's label is not known; null when it is.</summary>
    public string? DoubtOf(SecurityGroup group) => _doubtOf(group);

    /// <summary>One group of each label that interfaces carry beside this one, by label.</summary>
    public IEnumerable<LabelledGroup> Beside(SecurityGroupId group) => _beside.TryGetValue(group, out var beside) ? beside.Values : [];

    /// <summary>Labels of a VPC's groups.</summary>
    public IEnumerable<string> LabelsIn(VpcId vpc) => _byVpc.TryGetValue(vpc, out var labels) ? labels.Keys : [];

    /// <summary>Groups of a VPC and label with a member at one of the addresses.</summary>
    public IEnumerable<LabelledGroup> At(VpcId vpc, string label, AddressSet addresses)
    {
        if (!_byVpc.TryGetValue(vpc, out var labels) || !labels.TryGetValue(label, out var bucket)) yield break;
        if (!Meet(bucket.All(addresses.Family), addresses)) yield break;
        foreach (var group in bucket.Groups)
        {
            if (Meet(group.Of(addresses.Family), addresses)) yield return group;
        }
    }

    // The members of a VPC are many ranges, a rule names few.
    private static bool Meet(AddressSet members, AddressSet named)
    {
        foreach (var range in named.Ranges)
        {
            if (members.Overlaps(range)) return true;
        }

        return false;
    }

    private static Dictionary<SecurityGroupId, List<SecurityGroupId>> Companions(AuditContext context, Func<SecurityGroup, string?> labelOf)
    {
        var companions = new Dictionary<SecurityGroupId, List<SecurityGroupId>>();
        foreach (var set in context.Strategy.Sets)
        {
            if (set.Groups.Length < 2) continue;
            foreach (var id in set.Groups)
            {
                if (!context.Estate.Index.Groups.TryGetValue(id, out var group) || labelOf(group) is null) continue;
                if (!companions.TryGetValue(id, out var others)) companions.Add(id, others = []);
                foreach (var other in set.Groups)
                {
                    if (other != id) others.Add(other);
                }
            }
        }

        return companions;
    }

    private static AddressSet AddressesOf(List<NetworkInterface> members, IpFamily family) =>
        AddressSet.FromRanges(family, members.SelectMany(nic => EstateFacts.RangesOf(nic, family)));

    /// <summary>Groups of one VPC and label.</summary>
    private sealed class Bucket
    {
        private readonly Lazy<AddressSet> _v4;
        private readonly Lazy<AddressSet> _v6;

        public Bucket() => (_v4, _v6) = (new(() => Union(IpFamily.V4)), new(() => Union(IpFamily.V6)));

        public List<LabelledGroup> Groups { get; } = [];

        public AddressSet All(IpFamily family) => (family == IpFamily.V4 ? _v4 : _v6).Value;

        private AddressSet Union(IpFamily family) => AddressSet.FromRanges(family, Groups.SelectMany(g => g.Of(family).Ranges));
    }
}
