using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Templates.Json;

/// <summary><c>fix --to plan</c>: the plan itself, for <c>apply</c>.</summary>
public sealed class JsonPlanWriter : IPlanWriter
{
    /// <inheritdoc/>
    public string Name => "plan";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(Plan plan, Estate estate, Stream output)
    {
        output.Write(PlanJsonWriter.ToBytes(plan));
        return [];
    }
}
