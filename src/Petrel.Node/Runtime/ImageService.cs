using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>Images on the node.</summary>
public sealed class ImageService
{
    private readonly RuntimeConnection _connection;

    internal ImageService(RuntimeConnection connection) => _connection = connection;

    public async Task<IReadOnlyList<Image>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _connection.CallAsync(ImageMethods.ListImages, new ListImagesRequest(), cancellationToken).ConfigureAwait(false)).Images;

    /// <summary>The image a name, digest or id stands for; null when the node does not have it.</summary>
    public async Task<Image?> FindAsync(string image, CancellationToken cancellationToken = default) =>
        (await StatusAsync(image, verbose: false, cancellationToken).ConfigureAwait(false)).Image;

    /// <summary>The same with the image's configuration as JSON in <c>info</c>, when verbose.</summary>
    public Task<ImageStatusResponse> StatusAsync(string image, bool verbose, CancellationToken cancellationToken = default) =>
        _connection.CallAsync(ImageMethods.ImageStatus, new ImageStatusRequest { Image = new ImageSpec { Image = image }, Verbose = verbose }, cancellationToken);

    /// <summary>
    /// Pulls an image; returns the reference to start containers from. Takes as long as the registry takes: the runtime
    /// itself gives up on one that sends nothing.
    /// </summary>
    public async Task<string> PullAsync(PullImageRequest request, CancellationToken cancellationToken = default) =>
        (await _connection.CallWithoutLimitAsync(ImageMethods.PullImage, request, cancellationToken).ConfigureAwait(false)).ImageRef;

    /// <summary>Removes an image with all its names. Does nothing when the node does not have it.</summary>
    public Task RemoveAsync(string image, CancellationToken cancellationToken = default) =>
        RuntimeConnection.OrNullIfNotFoundAsync(
            _connection.CallAsync(ImageMethods.RemoveImage, new RemoveImageRequest { Image = new ImageSpec { Image = image } }, cancellationToken));

    /// <summary>Room that images and, where kept apart, containers take.</summary>
    public Task<ImageFsInfoResponse> FileSystemsAsync(CancellationToken cancellationToken = default) =>
        _connection.CallAsync(ImageMethods.ImageFsInfo, new ImageFsInfoRequest(), cancellationToken);
}
