namespace Sallyport.Auditing.Parameters;

/// <summary>A setting of one type.</summary>
public abstract class AuditParameterOf<T> : AuditParameter
    where T : notnull
{
    // Read on first use: a run asks for a few of a hundred, and a short run is mostly start-up.
    private object? _default;

    private protected AuditParameterOf(string name, string kind, string summary)
        : base(name, kind, summary)
    {
    }

    private protected AuditParameterOf(string name, string kind, string summary, T @default)
        : base(name, kind, summary) => _default = @default;

    /// <summary>Used when nobody sets it.</summary>
    public T Default => (T)DefaultValue;

    internal sealed override object DefaultValue => _default ?? Interlocked.CompareExchange(ref _default, Read(DefaultText, out _), null) ?? _default!;
}
