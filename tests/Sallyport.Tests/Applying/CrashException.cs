namespace Sallyport.Tests.Applying;

/// <summary>The process is gone: nobody below the test may catch this.</summary>
internal sealed class CrashException : Exception;
