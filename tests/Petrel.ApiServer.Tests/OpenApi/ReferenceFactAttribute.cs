using Xunit;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>A fact that needs the documents of a real server and is skipped, saying so, where they are absent.</summary>
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute() => Skip = ReferenceDocuments.Folder is null ? "needs the reference data in ../shared/reference, which is absent" : null;
}
