using System.Buffers;
using System.IO.Pipelines;

namespace Petrel.ApiServer.Watching;

/// <summary>Events one after the other in the body of an answer.</summary>
internal sealed class BodyOutput(PipeWriter body) : IWatchOutput
{
    public IBufferWriter<byte> Buffer => body;

    public bool NeedsLengths => true;

    public long Unsent => body.UnflushedBytes;

    public void EndEvent()
    {
        // The form of an event says where it ends.
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await body.FlushAsync(cancellationToken);
}
