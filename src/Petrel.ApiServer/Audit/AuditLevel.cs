namespace Petrel.ApiServer.Audit;

/// <summary>How much is recorded of a request; each level has all of the one before.</summary>
internal enum AuditLevel
{
    None,

    /// <summary>Who wanted what, when, and how it was answered.</summary>
    Metadata,

    /// <summary>The object that the request carries as well.</summary>
    Request,

    /// <summary>The object that the answer carries as well.</summary>
    RequestResponse,
}
