namespace Sallyport.Lab.Signing;

/// <summary>What a request says about its signature (AWS Signature Version 4), from the header or a presigned query.</summary>
/// <param name="AccessKeyId">Whose key.</param>
/// <param name="Date">Day of the credential scope, <c>yyyyMMdd</c>.</param>
/// <param name="Region">Region of the credential scope.</param>
/// <param name="Service">Service of the credential scope.</param>
/// <param name="SignedHeaders">Lower case, in the order signed.</param>
/// <param name="Value">Hex digits.</param>
/// <param name="IsPresigned">True when it stands in the query.</param>
internal sealed record Signature(
    string AccessKeyId,
    string Date,
    string Region,
    string Service,
    IReadOnlyList<string> SignedHeaders,
    string Value,
    bool IsPresigned);
