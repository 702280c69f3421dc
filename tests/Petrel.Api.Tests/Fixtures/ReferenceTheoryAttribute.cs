namespace Petrel.Api.Tests.Fixtures;

/// <summary>A theory that needs the reference data and is skipped, saying so, where that is absent.</summary>
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute() => Skip = ReferenceData.Directory is null ? "needs the reference data in ../shared/reference, which is absent" : null;
}
