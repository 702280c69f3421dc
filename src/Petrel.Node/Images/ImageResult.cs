using Petrel.Node.Containers;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Images;

/// <summary>An image that is on the node, or why it is not.</summary>
internal sealed record ImageResult(Cri.Image? Image, WaitingReason? Failure)
{
    public static ImageResult Found(Cri.Image image) => new(image, null);

    public static ImageResult Failed(string reason, string message, TimeSpan? retryAfter) => new(null, new WaitingReason(reason, message, retryAfter));
}
