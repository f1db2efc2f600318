namespace Sallyport.Lab.Wire;

/// <summary>The members of a successful answer, after the request id.</summary>
internal interface IReply
{
    /// <summary>Writes the members. Reads no lab state: everything was taken while the lab was locked.</summary>
    ValueTask WriteAsync(ReplyWriter writer, CancellationToken cancellationToken);
}
