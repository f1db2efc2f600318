using System.Globalization;

namespace Sallyport.Auditing.Parameters;

/// <summary>A share between 0 (exclusive) and 1 (inclusive).</summary>
public sealed class FractionParameter : AuditParameterOf<double>
{
    internal FractionParameter(string name, double @default, string summary)
        : base(name, "fraction", summary, @default)
    {
    }

    /// <inheritdoc/>
    public override string DefaultText => Default.ToString(CultureInfo.InvariantCulture);

    internal override object? Read(string text, out string? problem)
    {
        problem = null;
        if (double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1)
        {
            return value;
        }

        problem = "expected a fraction above 0 and at most 1, such as 0.5";
        return null;
    }
}
