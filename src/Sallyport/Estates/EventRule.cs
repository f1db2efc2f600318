namespace Sallyport.Estates;

/// <summary>An EventBridge rule (EventBridge API: Rule).</summary>
/// <param name="Name">Unique within its bus. Untrusted text.</param>
/// <param name="Scope">Where.</param>
public sealed record EventRule(string Name, Scope Scope)
{
    /// <summary>The bus it listens on; <c>default</c> is where AWS's own events arrive.</summary>
    public string Bus { get; init; } = "default";

    /// <summary>The event pattern, a JSON text; empty for a rule on a schedule.</summary>
    public string Pattern { get; init; } = string.Empty;

    /// <summary>False for a disabled rule.</summary>
    public bool IsEnabled { get; init; }
}
