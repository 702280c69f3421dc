using Petrel.Api;
using Petrel.Api.Core;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Images;

/// <summary>The images a node has, as its status tells the scheduler: the largest first.</summary>
public static class NodeImages
{
    /// <summary><c>nodeStatusMaxImages</c>: keeps the Node object small.</summary>
    public const int MaxImages = 50;

    /// <summary><c>maxNamesPerImageInNodeStatus</c></summary>
    private const int MaxNames = 5;

    public static ApiList<ContainerImage> Of(IEnumerable<Cri.Image> images) => images
        .Select(static image => new ContainerImage
        {
            Names = image.RepoDigests.Concat(image.RepoTags).Take(MaxNames).ToApiList(),
            SizeBytes = (long)image.Size,
        })
        .OrderByDescending(static image => image.SizeBytes)
        .Take(MaxImages)
        .ToApiList();
}
