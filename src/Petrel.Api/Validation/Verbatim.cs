namespace Petrel.Api.Validation;

/// <summary>A value that an error message shows as it is, without quotes.</summary>
public readonly record struct Verbatim(string Text)
{
    public override string ToString() => Text;
}
