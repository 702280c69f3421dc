using Petrel.Api.Validation;

namespace Petrel.Api.Resources;

/// <summary>
/// A kind of which parts beside the status are updated through subresources of their own: the client sends the whole
/// object, and only that part counts.
/// </summary>
public interface IHasUpdatableParts
{
    /// <summary>The stored object with that part of this object.</summary>
    /// <param name="subresource">Name of the subresource.</param>
    ApiObject PrepareForPartUpdate(string subresource, ApiObject old);

    void ValidatePartUpdate(string subresource, ApiObject old, FieldErrors errors);
}
