namespace Petrel.Api.Validation;

/// <summary>One violated rule: becomes a cause of the 422 Status.</summary>
/// <param name="Type">Cause reason, e.g. FieldValueRequired.</param>
/// <param name="Field">Field path.</param>
/// <param name="Message">Text without the field, e.g. <c>Required value: must be set</c>.</param>
public sealed record FieldError(string Type, string Field, string Message)
{
    /// <summary>The line that the Status message shows.</summary>
    public override string ToString() => Field.Length == 0 ? Message : Field + ": " + Message;
}
