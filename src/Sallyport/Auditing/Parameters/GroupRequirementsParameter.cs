using System.Collections.Immutable;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Parameters;

/// <summary>Groups that interfaces must carry: <c>base, monitoring for vpc:vpc-1, os-{os} for tag:os</c>. A comma separates.</summary>
public sealed class GroupRequirementsParameter : AuditParameterOf<ImmutableArray<GroupRequirement>>
{
    internal GroupRequirementsParameter(string name, string @default, string summary)
        : base(name, "requirements", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(text, out problem);

    private static ImmutableArray<GroupRequirement>? Parse(string text, out string? problem)
    {
        problem = null;
        var requirements = ImmutableArray.CreateBuilder<GroupRequirement>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!GroupRequirement.TryParse(part, out var requirement, out problem)) return null;
            requirements.Add(requirement);
        }

        return requirements.ToImmutable();
    }
}
