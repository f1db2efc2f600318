using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Groups;

/// <summary>Finds the group a request is about.</summary>
internal static class GroupResolver
{
    /// <summary>By <c>GroupId</c>, or by <c>GroupName</c> in the default VPC.</summary>
    public static SecurityGroup Resolve(Call call)
    {
        var (id, name) = (call.Input.Text("GroupId"), call.Input.Text("GroupName"));
        if (id is not null && name is not null) throw Refusals.GroupIdAndName();
        if (id is not null) return ById(call, id);
        return name is not null ? ByName(call, name) : throw Refusals.MissingGroup();
    }

    /// <summary>A group of the caller's account.</summary>
    public static SecurityGroup ById(Call call, string id)
    {
        ResourceKind.Group.Check(id);
        return call.Here.Groups[id] ?? throw Refusals.GroupNotFound(id);
    }

    /// <summary>A group of the default VPC; a name that only another VPC knows may not be used (captured response, see the wire reference).</summary>
    public static SecurityGroup ByName(Call call, string name)
    {
        var named = call.Here.Groups.Values.Where(g => g.Name == name).ToList();
        var usable = call.Here.DefaultVpc is { } vpc ? named.FirstOrDefault(g => g.Vpc == vpc.Id) : null;
        return usable ?? throw (named.Count > 0 ? Refusals.GroupByNameInVpc(name) : Refusals.GroupNotFound(name));
    }
}
