namespace Sallyport.Auditing.Parameters;

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class SwitchParameter : AuditParameterOf<bool>
{
    internal SwitchParameter(string name, bool @default, string summary)
        : base(name, "switch", summary, @default)
    {
    }

    /// <inheritdoc/>
    public override string DefaultText => Default ? "true" : "false";

    internal override object? Read(string text, out string? problem)
    {
        problem = null;
        switch (text.Trim())
        {
            case "true": return true;
            case "false": return false;
            default:
                problem = "expected true or false";
                return null;
        }
    }
}
