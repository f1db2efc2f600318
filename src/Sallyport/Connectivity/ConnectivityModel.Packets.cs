using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>One packet at a time, for batches: no set is made, nothing is allocated.</summary>
public sealed partial class ConnectivityModel
{
    /// <summary>The verdict of the groups on one packet; both ends are this model's.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="to">Who is asked.</param>
    /// <param name="point">The packet's point of the <see cref="ServiceLine"/>.</param>
    public Verdict Judge(Endpoint from, Endpoint to, int point)
    {
        var verdict = Judge(EndOf(from), EndOf(to), point);
        if (verdict is not (Verdict.DeniedAtEgress or Verdict.Unknown) || !UnfilteredBetween(from, to).Contains(point)) return verdict;
        return Verdict.Allowed;
    }

    /// <summary>The same by index, without the services no group filters.</summary>
    internal Verdict Judge(End from, End to, int point)
    {
        if (from.Nic >= 0 && from.Nic == to.Nic) return Verdict.Allowed;
        var egress = Stands(Direction.Egress, from, to, point);
        if (egress == false) return Verdict.DeniedAtEgress;
        var ingress = Stands(Direction.Ingress, to, from, point);
        if (ingress == false) return Verdict.DeniedAtIngress;
        return egress is null || ingress is null ? Verdict.Unknown : Verdict.Allowed;
    }

    /// <summary>True when the near end's groups let the point through, false when they stop it, null when a gap decides.</summary>
    internal bool? Stands(Direction direction, End near, End far, int point)
    {
        if (near.Nic < 0) return MemberGaps.IsHidden(new Address(near.Family, near.Bits)) ? null : true;
        var groups = _nicGroups[near.Nic];
        if (groups.Length == 0) return true;
        var tables = direction == Direction.Egress ? _egress : _ingress;
        var hasDoubts = false;
        foreach (var group in groups)
        {
            var table = tables[group];
            if (Holds(table.At(far.Family, far.Bits), point)) return true;
            hasDoubts |= table.HasDoubts;
        }

        if (far.Nic >= 0 && IsNamed(tables, groups, _nicGroups[far.Nic], point))
        {
            var carries = Links.Between(_nicVpc[near.Nic], _nicVpc[far.Nic]).Carries(direction);
            if (carries == true && !CarriesUnread(_nicGroups[far.Nic])) return true;
            hasDoubts |= carries != false;
        }

        if (!hasDoubts) return false;
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        AddSide(direction, groups, _nicVpc[near.Nic], FarOf(far), ref allowed, ref doubt);
        return Holds(doubt, point) ? null : false;
    }

    private bool IsNamed(SideTable[] tables, int[] groups, int[] farGroups, int point)
    {
        foreach (var group in groups)
        {
            if (tables[group].ReferenceGroups.Length == 0) continue;
            foreach (var named in farGroups)
            {
                if (Holds(ReferenceTo(tables[group], named), point)) return true;
            }
        }

        return false;
    }

    private bool Holds(int services, int point) =>
        services == ServicePool.Any || (services != ServicePool.Empty && Pool[services].Contains(point));
}
