namespace Sallyport.CloudFormation.Evaluation;

/// <summary>What an undecidable condition comes down to: has the thing outside that value?</summary>
/// <param name="Symbol">The thing, as <see cref="Values.OutsideValue.Symbol"/> names it.</param>
/// <param name="Value">The value it is compared with.</param>
/// <param name="Shown">The thing for people.</param>
internal sealed record Question(string Symbol, string Value, string Shown)
{
    public bool Equals(Question? other) => other is not null && Symbol == other.Symbol && Value == other.Value;

    public override int GetHashCode() => HashCode.Combine(Symbol, Value);

    /// <summary><c>Env is "prod"</c>.</summary>
    public string Describe(bool answer)
    {
        var value = Value.Length <= 60 ? Value : $"{Value[..60]}…";
        return answer ? $"{Shown} is \"{value}\"" : $"{Shown} is not \"{value}\"";
    }
}
