using System.Buffers;

namespace Petrel.ApiServer.Watching;

/// <summary>Where the events of a watch go: the body of an answer, or a WebSocket.</summary>
internal interface IWatchOutput
{
    /// <summary>Takes the bytes of the next event.</summary>
    IBufferWriter<byte> Buffer { get; }

    /// <summary>Protobuf events need their length in front of them: nothing else says where they end.</summary>
    bool NeedsLengths { get; }

    /// <summary>Bytes that the client has not been sent.</summary>
    long Unsent { get; }

    /// <summary>The event is whole.</summary>
    void EndEvent();

    /// <summary>Waits until the client takes what was written.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
