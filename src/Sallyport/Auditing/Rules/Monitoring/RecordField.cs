namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>What is known of a field of a record.</summary>
/// <param name="IsKnown">False when records differ in it.</param>
/// <param name="Text">Null when the field is absent.</param>
internal readonly record struct RecordField(bool IsKnown, string? Text)
{
    /// <summary>Records differ.</summary>
    public static RecordField Unknown => new(IsKnown: false, null);

    /// <summary>No such record has it.</summary>
    public static RecordField Absent => new(IsKnown: true, null);

    /// <summary>Every such record has this value.</summary>
    public static RecordField Of(string text) => new(IsKnown: true, text);
}
