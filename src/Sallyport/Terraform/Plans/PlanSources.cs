namespace Sallyport.Terraform.Plans;

/// <summary>What a value that is not known yet may come from.</summary>
internal sealed class PlanSources
{
    /// <summary>References to ids that only the run gives out, in a fixed order.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids and texts that are known already.</summary>
    public SortedSet<string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>Other things that are not known and may decide the value.</summary>
    public SortedSet<string> Opaque { get; } = new(StringComparer.Ordinal);

    /// <summary>True when a known value that the plan does not show, or a choice, may stand behind the value too: a list need not hold all of them, nor only them.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The one thing that is not known, so that the value, which is not known either, must be it; null when there are more or none.</summary>
    public string? Only => Unknown.Count == 1 && Opaque.Count == 0 ? Unknown.Min : null;

    /// <summary>A clause: why the value is not known.</summary>
    public string Why
    {
        get
        {
            var all = Unknown.Concat(Opaque).Take(4).ToList();
            return all.Count switch
            {
                0 => "it is known after apply",
                1 => $"it depends on {all[0]}, which is known after apply",
                _ => $"it depends on {string.Join(", ", all.Take(3))}{(all.Count > 3 ? " and more" : string.Empty)}, which are known after apply, and the plan does not say how",
            };
        }
    }
}
