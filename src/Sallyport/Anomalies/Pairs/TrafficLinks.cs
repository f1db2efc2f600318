using System.Collections.Concurrent;
using Sallyport.Estates;

namespace Sallyport.Anomalies.Pairs;

/// <summary>Which VPCs may have traffic with each other at all: an address means nothing to a VPC that nothing connects with its own.</summary>
internal sealed class TrafficLinks
{
    private readonly HashSet<(VpcId, VpcId)> _peered = [];
    private readonly ILookup<VpcId, string> _transitGateways;
    private readonly bool _isIncomplete;
    private readonly ConcurrentDictionary<(VpcId, VpcId), bool?> _answers = [];

    public TrafficLinks(EstateFacts facts)
    {
        foreach (var peering in facts.Estate.Peerings.Where(p => p.Status == "active"))
        {
            _peered.Add((peering.Requester.Vpc, peering.Accepter.Vpc));
            _peered.Add((peering.Accepter.Vpc, peering.Requester.Vpc));
        }

        _transitGateways = facts.Estate.TransitGatewayAttachments.Where(a => a.State is "available" or "").ToLookup(a => a.Vpc, a => a.TransitGateway);
        _isIncomplete = facts.IsMissingAnywhere(GapKind.Peerings) || facts.IsMissingAnywhere(GapKind.TransitGateways);
    }

    /// <summary>Null when what was not read decides.</summary>
    public bool? AreLinked(VpcId? a, VpcId? b)
    {
        if (a is not { } one || b is not { } other) return null;
        if (one == other) return true;
        if (_answers.TryGetValue((one, other), out var answer)) return answer;
        return _answers.GetOrAdd(
            (one, other), _peered.Contains((one, other)) || _transitGateways[one].Intersect(_transitGateways[other]).Any() ? true : _isIncomplete ? null : false);
    }
}
