namespace Sallyport.Auditing.Parameters;

/// <summary>A setting of the audit: a name, a kind, a default and how its text is read.</summary>
public abstract class AuditParameter
{
    private protected AuditParameter(string name, string kind, string summary)
    {
        Name = name;
        Kind = kind;
        Summary = summary;
    }

    /// <summary>As written in a configuration file: <c>world.tcp</c>.</summary>
    public string Name { get; }

    /// <summary><c>number</c>, <c>fraction</c>, <c>switch</c>, <c>ports</c>, <c>services</c>, <c>blocks</c>, <c>texts</c> or <c>pattern</c>.</summary>
    public string Kind { get; }

    /// <summary>What it changes, one sentence.</summary>
    public string Summary { get; }

    /// <summary>The default in the syntax that is read; empty for an empty list.</summary>
    public abstract string DefaultText { get; }

    /// <summary>The default as a value.</summary>
    internal abstract object DefaultValue { get; }

    /// <summary>Reads text; null with a clause that says what is wrong.</summary>
    internal abstract object? Read(string text, out string? problem);
}
