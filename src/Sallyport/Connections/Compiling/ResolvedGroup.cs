using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>One security group behind a declaration.</summary>
/// <param name="Name">The declaration's name.</param>
/// <param name="Id">Its id; the name as a symbolic id when no estate resolved a selector.</param>
/// <param name="Scope">Where it lives; unknown parts are empty.</param>
/// <param name="IsReadOnly">Others manage its rules.</param>
/// <param name="Found">What the estate knows of it; null without an estate.</param>
internal sealed record ResolvedGroup(string Name, SecurityGroupId Id, Scope Scope, bool IsReadOnly, SecurityGroup? Found)
{
    /// <summary>VPC of creation; null when unknown.</summary>
    public VpcId? Vpc => Found?.Vpc;

    /// <summary>How messages call it: <c>web (sg-…)</c>.</summary>
    public override string ToString() => Id.Value == Name ? Name : $"{Name} ({Id})";
}
