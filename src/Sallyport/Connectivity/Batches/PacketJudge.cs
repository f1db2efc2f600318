using Sallyport.Connectivity.Questions;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Batches;

/// <summary>
/// Verdicts on single packets, without sets: what <see cref="Reacher.Ask"/> says of the one service, only faster. An interface
/// with several addresses is several ends here as there.
/// </summary>
internal sealed class PacketJudge(ConnectivityModel model, bool isEffective)
{
    private static readonly Interval IcmpV4 = Block(Protocol.Icmp);

    private static readonly Interval IcmpV6 = Block(Protocol.IcmpV6);

    private readonly Reacher _reacher = new(model);

    public Verdict Judge(PacketEnd from, PacketEnd to, int point)
    {
        if (from.Members.IsEmpty || to.Members.IsEmpty)
        {
            var (one, other) = (SetOf(from), SetOf(to));
            if (OneInterface.IsBoth(one, other)) return Verdict.Allowed;
            return _reacher.Ask(new ReachQuestion(one, other, ServiceSet.FromIntervals([new Interval(point, point)]), isEffective)).Verdict;
        }

        var family = FamilyOf(from, to, point);
        var (hasPair, isSelf, isAllowed, isPartly, isUnknown) = (false, false, false, false, false);
        Verdict? denied = null;
        for (var i = 0; i < from.Members.Length; i++)
        {
            for (var j = 0; j < to.Members.Length; j++)
            {
                var (a, b) = (from.Ends[i], to.Ends[j]);
                if (a.Family != b.Family || (family is { } only && a.Family != only)) continue;
                if (a.Nic >= 0 && a.Nic == b.Nic)
                {
                    isSelf = true;
                    continue;
                }

                hasPair = true;
                switch (isEffective ? Judge(from.Members[i], to.Members[j], a, b, point, to.Set is { IsPrivateAddress: true }) : JudgeGroups(from.Members[i], to.Members[j], a, b, point))
                {
                    case Verdict.Allowed:
                        isAllowed = true;
                        break;
                    case Verdict.Partly:
                        isAllowed = isPartly = true;
                        break;
                    case Verdict.Unknown:
                        isUnknown = true;
                        break;

                    // Of denials the first blocker speaks, as it does for sets.
                    case var denial:
                        if (denied is null || denial < denied) denied = denial;
                        break;
                }
            }
        }

        if (!hasPair) return isSelf ? Verdict.Allowed : Verdict.NoRoute;
        if (denied is null && !isUnknown) return isPartly ? Verdict.Partly : Verdict.Allowed;
        if (isAllowed) return denied is null ? Verdict.Unknown : Verdict.Partly;
        return isUnknown ? Verdict.Unknown : denied!.Value;
    }

    private EndpointSet SetOf(PacketEnd end) => end.Set ?? model.OfEndpoint(end.Members[0]);

    private static Interval Block(Protocol protocol) => new(ServiceLine.StartOf(protocol), ServiceLine.EndOf(protocol));

    // As for sets: ICMP of one family is judged in that family where both ends have it.
    private static IpFamily? FamilyOf(PacketEnd from, PacketEnd to, int point)
    {
        if (from.Ends.Length == 1 && to.Ends.Length == 1) return null;
        if (point < IcmpV4.First || point > IcmpV6.Last) return null;
        var family = point <= IcmpV4.Last ? IpFamily.V4 : IpFamily.V6;
        return Has(from, family) && Has(to, family) ? family : null;
    }

    private static bool Has(PacketEnd end, IpFamily family)
    {
        foreach (var one in end.Ends)
        {
            if (one.Family == family) return true;
        }

        return false;
    }

    private Verdict JudgeGroups(Endpoint from, Endpoint to, End a, End b, int point)
    {
        var egress = Egress(from, to, a, b, point);
        if (egress == false) return Verdict.DeniedAtEgress;
        var ingress = Ingress(from, to, a, b, point);
        if (ingress == false) return Verdict.DeniedAtIngress;
        return egress is null || ingress is null ? Verdict.Unknown : Verdict.Allowed;
    }

    private Verdict Judge(Endpoint from, Endpoint to, End a, End b, int point, bool isToPrivateAddress)
    {
        var egress = Egress(from, to, a, b, point);
        if (egress == false) return Verdict.DeniedAtEgress;
        var path = model.PathBetween(from, to, isToPrivateAddress);

        // What a middlebox or a translation changes about the groups is rare enough to be asked for in full.
        if (!path.ReferencesApply || path.SourceSeenAs is not null) return _reacher.Judge(from, to, point, isToPrivateAddress);
        var (nacl, route) = (Stands(path.Nacl, point), Stands(path.Route, point));
        if ((nacl != true || route != true) && IsUnfiltered(from, to, b, point)) (nacl, route) = (true, true);
        if (nacl == false) return Verdict.DeniedAtNacl;
        if (route == false) return Verdict.NoRoute;
        var ingress = Ingress(from, to, a, b, point);
        if (ingress == false) return Verdict.DeniedAtIngress;
        if (egress is null || nacl is null || route is null || ingress is null) return Verdict.Unknown;
        return path.PartlyAnswered.Contains(point) ? Verdict.Partly : Verdict.Allowed;
    }

    private bool? Egress(Endpoint from, Endpoint to, End a, End b, int point) =>
        model.Stands(Direction.Egress, a, b, point) is var stands && stands != true && IsUnfiltered(from, to, b, point) ? true : stands;

    private bool? Ingress(Endpoint from, Endpoint to, End a, End b, int point) =>
        model.Stands(Direction.Ingress, b, a, point) is var stands && stands is null && IsUnfiltered(from, to, b, point) ? true : stands;

    private bool IsUnfiltered(Endpoint from, Endpoint to, End b, int point) => b.Nic < 0 && model.UnfilteredBetween(from, to).Contains(point);

    private static bool? Stands(in Passage passage, int point) => passage.Allowed.Contains(point) ? true : passage.Unknown.Contains(point) ? null : false;
}
