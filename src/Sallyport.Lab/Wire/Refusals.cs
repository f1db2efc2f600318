using Microsoft.AspNetCore.Http;

namespace Sallyport.Lab.Wire;

/// <summary>Every code and message the lab refuses with, one method each (EC2 API: error codes; message templates from field reports).</summary>
internal static partial class Refusals
{
    public static Refusal MissingAction() => Client("MissingAction", "The request must contain the parameter Action");

    public static Refusal InvalidAction(string action) => Client("InvalidAction", $"The action {action} is not valid for this web service.");

    public static Refusal NoSuchVersion(string version) => Client("NoSuchVersion", $"The requested version ({version}) is not supported by this endpoint.");

    public static Refusal Unsigned() =>
        new(StatusCodes.Status401Unauthorized, "MissingAuthenticationToken", "Request is missing Authentication Token");

    public static Refusal IncompleteSignature(string problem) => Client("IncompleteSignature", problem);

    public static Refusal AuthFailure() =>
        new(StatusCodes.Status401Unauthorized, "AuthFailure", "AWS was not able to validate the provided access credentials");

    public static Refusal SignatureDoesNotMatch() => new(
        StatusCodes.Status403Forbidden,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");

    public static Refusal RequestExpired() => Client("RequestExpired", "Request has expired.");

    public static Refusal Throttled() => new(StatusCodes.Status503ServiceUnavailable, "RequestLimitExceeded", "Request limit exceeded.");

    public static Refusal InternalError() =>
        new(StatusCodes.Status500InternalServerError, "InternalError", "An internal error has occurred");

    public static Refusal DryRun() =>
        new(StatusCodes.Status412PreconditionFailed, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");

    public static Refusal MalformedQueryString(string problem) => Client("MalformedQueryString", problem);

    public static Refusal UnsupportedProtocol(string problem) => Client("UnsupportedProtocol", problem);

    public static Refusal RequestTooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", "The request exceeds the maximum size this endpoint accepts.");

    public static Refusal RepeatedParameter(string name) => Client("InvalidQueryParameter", $"The parameter {name} is given more than once.");

    public static Refusal UnknownParameter(string name) => Client("UnknownParameter", $"The parameter {name} is not recognized");

    public static Refusal MissingParameter(string name) => Client("MissingParameter", $"The request must contain the parameter {name}");

    public static Refusal NotAnInteger(string name, string value) =>
        InvalidValue($"Value ({value}) for parameter {name} is invalid. The value must be an integer.");

    public static Refusal NotABoolean(string name, string value) =>
        InvalidValue($"Value ({value}) for parameter {name} is invalid. The value must be true or false.");

    public static Refusal TooSmall(string name, string value, long minimum) =>
        InvalidValue($"Value ( {value} ) for parameter {name} is invalid. Expecting a value greater than or equal to {minimum}.");

    public static Refusal TooLarge(string name, string value, long maximum) =>
        InvalidValue($"Value ( {value} ) for parameter {name} is invalid. Expecting a value less than or equal to {maximum}.");

    public static Refusal InvalidValue(string message) => Client("InvalidParameterValue", message);

    public static Refusal InvalidCombination(string message) => Client("InvalidParameterCombination", message);

    public static Refusal Unsupported(string message) => Client("UnsupportedOperation", message);

    public static Refusal InvalidNextToken() => Client("InvalidNextToken", "The token is invalid or does not belong to this request.");

    public static Refusal UnknownFilter(string name) => InvalidValue($"The filter '{name}' is invalid");

    public static Refusal FilterLimitExceeded(int limit) =>
        Client("FilterLimitExceeded", $"The maximum number of filter values specified on a single call is {limit}.");

    public static Refusal InvalidId(string id) => Client("InvalidID", $"The ID '{id}' is not valid");

    private static Refusal Client(string code, string message) => new(StatusCodes.Status400BadRequest, code, message);
}
