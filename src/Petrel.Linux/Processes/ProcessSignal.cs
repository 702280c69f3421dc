namespace Petrel.Linux.Processes;

/// <summary>Signals of signal(7) that Petrel sends.</summary>
public enum ProcessSignal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
