namespace Petrel.Api.Resources;

/// <summary>A kind with a status subresource: main updates keep the old status, status updates keep the old spec.</summary>
public interface IHasStatus
{
    /// <summary>This object with the other's status.</summary>
    ApiObject WithStatusOf(ApiObject other);

    /// <summary>The other's spec and metadata (but for what status updates may change) with this object's status.</summary>
    ApiObject PrepareForStatusUpdate(ApiObject old);
}
