using Petrel.Grpc;
using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>The methods of the container runtime interface's service for images (CRI v1, ImageService).</summary>
internal static class ImageMethods
{
    private const string Service = "runtime.v1.ImageService";

    public static readonly GrpcMethod<ListImagesRequest, ListImagesResponse> ListImages = new(Service, "ListImages");
    public static readonly GrpcMethod<ImageStatusRequest, ImageStatusResponse> ImageStatus = new(Service, "ImageStatus");
    public static readonly GrpcMethod<PullImageRequest, PullImageResponse> PullImage = new(Service, "PullImage");
    public static readonly GrpcMethod<RemoveImageRequest, RemoveImageResponse> RemoveImage = new(Service, "RemoveImage");
    public static readonly GrpcMethod<ImageFsInfoRequest, ImageFsInfoResponse> ImageFsInfo = new(Service, "ImageFsInfo");
}
