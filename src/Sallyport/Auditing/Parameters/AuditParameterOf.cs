namespace Sallyport.Auditing.Parameters;

/// <summary>A setting of one type.</summary>
public abstract class AuditParameterOf<T> : AuditParameter
    where T : notnull
{
    private protected AuditParameterOf(string name, string kind, string summary, T @default)
        : base(name, kind, summary) => Default = @default;

    /// <summary>Used when nobody sets it.</summary>
    public T Default { get; }

    internal sealed override object DefaultValue => Default;
}
