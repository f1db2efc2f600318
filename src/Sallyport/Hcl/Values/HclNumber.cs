using System.Globalization;

namespace Sallyport.Hcl.Values;

/// <summary>A number; whole ones are exact up to 2⁵³.</summary>
internal sealed record HclNumber(double Value) : HclValue
{
    /// <summary>Stands for a number beyond what is told apart here.</summary>
    public static HclUnknown OutOfRange { get; } = new("a number is out of range");

    /// <summary>The number; <see cref="OutOfRange"/> when it is beyond what is told apart here.</summary>
    public static HclValue Of(double value) => double.IsFinite(value) ? new HclNumber(value) : OutOfRange;

    /// <summary>The number as Terraform turns it into text.</summary>
    public override string ToString() => Value == Math.Floor(Value) && Math.Abs(Value) < 1e15
        ? ((long)Value).ToString(CultureInfo.InvariantCulture)
        : Value.ToString("R", CultureInfo.InvariantCulture);
}
