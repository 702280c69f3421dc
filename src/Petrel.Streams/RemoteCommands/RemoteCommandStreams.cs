using Microsoft.AspNetCore.Http;

namespace Petrel.Streams.RemoteCommands;

/// <summary>Which streams a client of exec or attach wants; a terminal has one output only.</summary>
public sealed record RemoteCommandStreams
{
    /// <summary>What kubelets answer, with status 400, when nothing is asked for.</summary>
    public const string NoneRequested = "you must specify at least 1 of stdin, stdout, stderr";

    public bool Stdin { get; init; }

    public bool Stdout { get; init; }

    public bool Stderr { get; init; }

    public bool Tty { get; init; }

    /// <summary>
    /// The kubelet's query (input, output, error, tty, each 1 when wanted). Null when no stream is wanted. Stderr with
    /// a terminal is left out without complaint, as upstream does.
    /// </summary>
    public static RemoteCommandStreams? FromKubeletQuery(IQueryCollection query)
    {
        var tty = query["tty"] == "1";
        var streams = new RemoteCommandStreams
        {
            Stdin = query["input"] == "1",
            Stdout = query["output"] == "1",
            Stderr = query["error"] == "1" && !tty,
            Tty = tty,
        };
        return streams.Stdin || streams.Stdout || streams.Stderr ? streams : null;
    }
}
