using Petrel.Api.Validation;

namespace Petrel.Api.Resources;

/// <summary>A kind whose status updates have rules.</summary>
public interface IValidatedStatus
{
    void ValidateStatusUpdate(ApiObject old, FieldErrors errors);
}
