using System.Globalization;
using Sallyport.Connectivity;
using Sallyport.Estates;

namespace Sallyport.Tests.Generators;

/// <summary>A draft under other ids that sort the other way round, with every list in the opposite order.</summary>
internal sealed class TurnedDraft
{
    public TurnedDraft(ConnectivityDraft draft) => Draft = new ConnectivityDraft(draft.Seed)
    {
        Groups = [.. draft.Groups.Reverse().Select(Turned)],
        Interfaces = [.. draft.Interfaces.Reverse().Select(n => n with { Id = new(Turned(n.Id.Value)), Vpc = Turned(n.Vpc), Groups = [.. n.Groups.Select(Turned).Order()] })],
        Vpcs = [.. draft.Vpcs.Reverse().Select(v => v with { Id = Turned(v.Id)!.Value })],
        Lists = [.. draft.Lists.Reverse()],
        Peerings = [.. draft.Peerings.Reverse().Select(p => p with { Requester = Turned(p.Accepter), Accepter = Turned(p.Requester) })],
        Attachments = [.. draft.Attachments.Reverse().Select(a => a with { Vpc = Turned(a.Vpc)!.Value })],
        Associations = [.. draft.Associations.Reverse().Select(a => a with { Group = Turned(a.Group), Vpc = Turned(a.Vpc)!.Value })],
        Gaps = [.. draft.Gaps.Reverse().Select(g => g with { Where = g.Where.StartsWith("sg-", StringComparison.Ordinal) || g.Where.StartsWith("eni-", StringComparison.Ordinal) ? Turned(g.Where) : g.Where })],
        WithoutRules = [.. draft.WithoutRules.Select(Turned)],
    };

    public ConnectivityDraft Draft { get; }

    /// <summary>The same end of the turned estate.</summary>
    public static Endpoint EndIn(Estate turned, Endpoint end) => end.Interface is { } nic
        ? Endpoint.Of(turned.NetworkInterfaces.Single(n => n.Id.Value == Turned(nic.Id.Value)), end.Address)
        : end;

    private static SecurityGroup Turned(SecurityGroup group) => group with
    {
        Id = Turned(group.Id),
        Vpc = Turned(group.Vpc),
        Rules = [.. group.Rules.Reverse().Select(r => r with { Peer = r.Peer is GroupPeer p ? p with { Group = Turned(p.Group), Vpc = Turned(p.Vpc) } : r.Peer })],
    };

    private static PeeringEnd Turned(PeeringEnd end) => end with { Vpc = Turned(end.Vpc)!.Value };

    private static SecurityGroupId Turned(SecurityGroupId id) => new(Turned(id.Value));

    private static VpcId? Turned(VpcId? id) => id is { } known ? new VpcId(Turned(known.Value)) : null;

    // The hexadecimal part from the other end.
    private static string Turned(string id)
    {
        var dash = id.LastIndexOf('-');
        return $"{id[..dash]}-{0xffff_ffff - uint.Parse(id[(dash + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture):x8}";
    }
}
