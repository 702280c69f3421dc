using Petrel.Streams.Spdy;

namespace Petrel.Streams.RemoteCommands;

/// <summary>
/// The client's side of one exec or attach session over SPDY, v4.channel.k8s.io: one stream for each of the command's
/// streams, opened in the order in which upstream's clients open them.
/// </summary>
internal sealed class SpdyRemoteCommand
{
    private SpdyRemoteCommand(SpdyStream error) => Error = error;

    public SpdyStream Error { get; }

    public SpdyStream? Stdin { get; private set; }

    public SpdyStream? Stdout { get; private set; }

    public SpdyStream? Stderr { get; private set; }

    public SpdyStream? Resize { get; private set; }

    /// <exception cref="IOException">The server refused a stream or went away.</exception>
    public static async Task<SpdyRemoteCommand> OpenAsync(
        SpdyConnection connection, RemoteCommandStreams streams, CancellationToken cancellationToken)
    {
        var session = new SpdyRemoteCommand((await OpenAsync("error", wanted: true))!);
        session.Stdin = await OpenAsync("stdin", streams.Stdin);
        session.Stdout = await OpenAsync("stdout", streams.Stdout);
        session.Stderr = await OpenAsync("stderr", streams.Stderr && !streams.Tty);
        session.Resize = await OpenAsync("resize", streams.Tty);
        return session;

        async Task<SpdyStream?> OpenAsync(string type, bool wanted) =>
            wanted
                ? await connection.OpenAsync(new Dictionary<string, string> { [RemoteCommandProtocol.StreamTypeHeader] = type }, cancellationToken)
                : null;
    }

    /// <summary>The stream that takes what a client sends on a channel; null for channels it does not write.</summary>
    public SpdyStream? InputOf(byte channel) => (RemoteCommandChannel)channel switch
    {
        RemoteCommandChannel.Stdin => Stdin,
        RemoteCommandChannel.Resize => Resize,
        _ => null,
    };
}
