namespace Petrel.ApiServer.Audit;

/// <summary>The moments of a request at which an event is recorded.</summary>
internal enum AuditStage
{
    /// <summary>It is known who asks for what; nothing has been done yet.</summary>
    RequestReceived,

    /// <summary>The head of the answer is out; only for requests that last.</summary>
    ResponseStarted,

    ResponseComplete,

    /// <summary>The server failed in a way that it was not made for.</summary>
    Panic,
}
