using Petrel.Api.Validation;

namespace Petrel.Api.Resources;

/// <summary>A kind whose updates have rules of their own (immutable fields); without it updates are checked like creates.</summary>
public interface IValidatedUpdate
{
    void ValidateUpdate(ApiObject old, FieldErrors errors);
}
