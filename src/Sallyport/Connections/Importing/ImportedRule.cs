using Sallyport.Estates;

namespace Sallyport.Connections.Importing;

/// <summary>One rule of the imported estate and where it went.</summary>
/// <param name="Group">The group that owns it.</param>
/// <param name="Name">The group's name in the file.</param>
/// <param name="Rule">The rule with its id, description and tags.</param>
/// <param name="Origin">Id of the connection that declares it; <c>residual</c>; or <c>readOnly</c> when others manage the group.</param>
public sealed record ImportedRule(SecurityGroupId Group, string Name, SecurityGroupRule Rule, string Origin)
{
    /// <summary><see cref="Origin"/> of a rule that became a residual.</summary>
    public const string Residual = "residual";

    /// <summary><see cref="Origin"/> of a rule on a group that others manage.</summary>
    public const string ReadOnly = "readOnly";
}
