using Sallyport.Connectivity.Tables;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>Whether any flow gets through between two groups: the first one found is enough.</summary>
internal static class GroupFlow
{
    /// <summary>True when some interface of the one certainly reaches some interface of the other.</summary>
    public static bool Exists(ConnectivityModel model, SecurityGroupId from, SecurityGroupId to)
    {
        if (model.FindGroup(from) is not { } a || model.FindGroup(to) is not { } b) return false;
        var targets = model.MembersOf(b).SelectMany(model.PlacesOf).ToList();
        foreach (var source in model.MembersOf(a).SelectMany(model.PlacesOf))
        {
            foreach (var target in targets)
            {
                if (source.Family != target.Family || source.Nic == target.Nic) continue;
                var egress = Allowed(model, Direction.Egress, source, target);
                if (egress != ServicePool.Empty && model.Pool.Intersect(egress, Allowed(model, Direction.Ingress, target, source)) != ServicePool.Empty) return true;
            }
        }

        return false;
    }

    private static int Allowed(ConnectivityModel model, Direction direction, Place near, Place far)
    {
        var groups = model.GroupsOf(near.Nic);
        if (groups.Length == 0) return ServicePool.Any;
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        model.AddSide(direction, groups, model.VpcOf(near.Nic), new Far(model.GroupsOf(far.Nic), model.VpcOf(far.Nic), far.Family, far.Range.First), ref allowed, ref doubt);
        return allowed;
    }
}
