namespace Sallyport.Lab.Wire;

/// <summary>EC2 says no: becomes the error document of the answer. Nothing was changed when it is thrown.</summary>
internal sealed class Refusal(int status, string code, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>EC2's code, such as <c>InvalidGroup.NotFound</c>.</summary>
    public string Code { get; } = code;
}
