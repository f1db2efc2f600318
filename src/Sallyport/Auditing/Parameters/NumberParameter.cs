using System.Globalization;

namespace Sallyport.Auditing.Parameters;

/// <summary>A whole number within bounds, inclusive.</summary>
public sealed class NumberParameter : AuditParameterOf<int>
{
    private readonly int _least;
    private readonly int _most;

    internal NumberParameter(string name, int @default, int least, int most, string summary)
        : base(name, "number", summary, @default) => (_least, _most) = (least, most);

    /// <inheritdoc/>
    public override string DefaultText => Default.ToString(CultureInfo.InvariantCulture);

    internal override object? Read(string text, out string? problem)
    {
        problem = null;
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= _least && value <= _most)
        {
            return value;
        }

        problem = $"expected a whole number from {_least} to {_most}";
        return null;
    }
}
